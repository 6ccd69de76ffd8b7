package chart

// The texts a chart needs. All arguments are strings, ready to be shown.
const (
	keyApproximate = "chart.approximate"
	keyExample     = "chart.example"
	keyExampleSome = "chart.example_some"
	keyTotal       = "chart.total"
	keyUnitMio     = "chart.unit.mio"
	keyUnitTkr     = "chart.unit.tkr"
	keyUnitCount   = "chart.unit.count"

	keyConfirmed   = "chart.confirmed"
	keyClaimed     = "chart.claimed"
	keyExpected    = "chart.expected"
	keyPlan        = "chart.plan"
	keyRequirement = "chart.requirement"
	keyMissing     = "chart.missing"
	keySurplus     = "chart.surplus"
	keyLabelled    = "chart.labelled"
	keyYear        = "chart.year"

	keyBurnUpTitle      = "chart.burnup.title"
	keyBurnUpMonth      = "chart.burnup.month"
	keyBurnUpOwn        = "chart.burnup.own"
	keyBurnUpCumulative = "chart.burnup.cumulative"
	keyBurnUpAhead      = "chart.burnup.ahead"
	keyBurnUpLine       = "chart.burnup.line"
	keyBurnUpNoLine     = "chart.burnup.no_line"
	keyBurnUpSum        = "chart.burnup.sum"
	keyBurnUpSumFirm    = "chart.burnup.sum_firm"
	keyBurnUpMissing    = "chart.burnup.missing"
	keyBurnUpFirm       = "chart.burnup.missing_firm"
	keyBurnUpReached    = "chart.burnup.reached"
	keyBurnUpEmpty      = "chart.burnup.empty"

	keyBridgeTitle       = "chart.bridge.title"
	keyBridgeStep        = "chart.bridge.step"
	keyBridgeAmount      = "chart.bridge.amount"
	keyBridgeLeft        = "chart.bridge.left"
	keyBridgeRequirement = "chart.bridge.requirement"
	keyBridgeNet         = "chart.bridge.net"
	keyBridgeRealized    = "chart.bridge.realized"
	keyBridgeMissing     = "chart.bridge.missing"
	keyBridgeFirm        = "chart.bridge.missing_firm"
	keyBridgeReached     = "chart.bridge.reached"
	keyBridgeEmpty       = "chart.bridge.empty"

	keyFunnelTitle = "chart.funnel.title"
	keyFunnelStep  = "chart.funnel.step"
	keyFunnelCount = "chart.funnel.count"
	keyFunnelSum   = "chart.funnel.sum"
	keyFunnelEmpty = "chart.funnel.empty"

	keyEffectsTitle      = "chart.effects.title"
	keyEffectsInitiative = "chart.effects.initiative"
	keyEffectsInYear     = "chart.effects.in_year"
	keyEffectsFullYear   = "chart.effects.full_year"
	keyEffectsPlanned    = "chart.effects.planned"
	keyEffectsSecured    = "chart.effects.secured"
	keyEffectsRest       = "chart.effects.rest"
	keyEffectsSum        = "chart.effects.sum"
	keyEffectsWidest     = "chart.effects.widest"
	keyEffectsEmpty      = "chart.effects.empty"

	keyYearsTitle   = "chart.years.title"
	keyYearsYear    = "chart.years.sentence"
	keyYearsMissing = "chart.years.sentence_missing"
	keyYearsReached = "chart.years.sentence_reached"
	keyYearsEmpty   = "chart.years.empty"
)

// Keys lists every text key that a chart may say.
var Keys = []string{
	keyApproximate, keyExample, keyExampleSome, keyTotal,
	keyUnitMio, keyUnitTkr, keyUnitCount,
	keyConfirmed, keyClaimed, keyExpected, keyPlan, keyRequirement,
	keyMissing, keySurplus, keyLabelled, keyYear,
	keyBurnUpTitle, keyBurnUpMonth, keyBurnUpOwn, keyBurnUpCumulative,
	keyBurnUpAhead, keyBurnUpLine, keyBurnUpNoLine, keyBurnUpSum,
	keyBurnUpSumFirm, keyBurnUpMissing, keyBurnUpFirm, keyBurnUpReached, keyBurnUpEmpty,
	keyBridgeTitle, keyBridgeStep, keyBridgeAmount, keyBridgeLeft,
	keyBridgeRequirement, keyBridgeNet, keyBridgeRealized,
	keyBridgeMissing, keyBridgeFirm, keyBridgeReached, keyBridgeEmpty,
	keyFunnelTitle, keyFunnelStep, keyFunnelCount, keyFunnelSum, keyFunnelEmpty,
	keyEffectsTitle, keyEffectsInitiative, keyEffectsInYear, keyEffectsFullYear,
	keyEffectsPlanned, keyEffectsSecured, keyEffectsRest, keyEffectsSum, keyEffectsWidest, keyEffectsEmpty,
	keyYearsTitle, keyYearsYear, keyYearsMissing, keyYearsReached, keyYearsEmpty,
	keyEffectYearsTitle, keyEffectYearsInYear, keyEffectYearsYear, keyEffectYearsEmpty,
	keyMeasuredTitle, keyMeasuredDay, keyMeasuredValue, keyMeasuredBaseline, keyMeasuredTarget, keyMeasuredSum, keyMeasuredEmpty,
	keyCashFlowTitle, keyCashFlowNet, keyCashFlowSum, keyCashFlowPaid, keyCashFlowNever, keyCashFlowOpen, keyCashFlowMark, keyCashFlowEmpty,
	keyMovedTitle, keyMovedFrom, keyMovedTo, keyMovedOther, keyMovedMore, keyMovedLess, keyMovedSame, keyMovedEmpty,
	keyOverlapTitle, keyOverlapRow, keyOverlapShared, keyOverlapWaits, keyOverlapIn, keyOverlapSum, keyOverlapFree, keyOverlapHome, keyOverlapNowhere, keyOverlapEmpty,
	keyEstimatesTitle, keyEstimatesVersion, keyEstimatesNPV, keyEstimatesSaving, keyEstimatesOne, keyEstimatesMoved, keyEstimatesEmpty,
	keyBulletsTitle, keyBulletsSaved, keyBulletsShare, keyBulletsOf, keyBulletsSum, keyBulletsBehind, keyBulletsEmpty,
	keyOverTimeTitle, keyOverTimeDay, keyOverTimeForecast, keyOverTimeSum, keyOverTimeOne, keyOverTimeEmpty,
	keyBubblesTitle, keyBubblesUnit, keyBubblesItem, keyBubblesRank, keyBubblesValue, keyBubblesComplexity, keyBubblesEffect,
	keyBubblesMandatory, keyBubblesMust, keyBubblesSum, keyBubblesEmpty,
	keyCoursesTitle, keyCoursesMonth, keyCoursesOne, keyCoursesLine, keyCoursesEmpty,
}
