package web

import "reflect"

// listed is a view whose lists are empty where nothing was put into them: null would say that they are not known. The view
// itself is left as it is, for others may be reading it.
func listed(view any) any {
	from := reflect.Indirect(reflect.ValueOf(view))
	if from.Kind() != reflect.Struct {
		return view
	}
	to := reflect.New(from.Type())
	to.Elem().Set(from)
	for _, f := range reflect.VisibleFields(from.Type()) {
		if f.Type.Kind() != reflect.Slice || !f.IsExported() {
			continue
		}
		if v, err := to.Elem().FieldByIndexErr(f.Index); err == nil && v.CanSet() && v.IsNil() {
			v.Set(reflect.MakeSlice(f.Type, 0, 0))
		}
	}
	return to.Interface()
}
