package store

import (
	"context"
	"fmt"

	"gevinst/portfolio"
)

// TakeReminder takes it on to remind a user on a day: of all programs that ask, one is told yes, once. What was noted of the
// user's earlier days is forgotten.
func (s *Store) TakeReminder(ctx context.Context, user portfolio.UserID, day portfolio.Date, at portfolio.Instant) (bool, error) {
	done, err := s.write.ExecContext(ctx, `INSERT INTO reminder (user_id, day, taken) VALUES ($1, $2, $3) ON CONFLICT (user_id, day) DO NOTHING`,
		int64(user), int64(day), int64(at))
	if err != nil {
		return false, fmt.Errorf("take on a reminder: %w", err)
	}
	n, err := done.RowsAffected()
	if err != nil || n == 0 {
		return false, err
	}
	if _, err := s.write.ExecContext(ctx, `DELETE FROM reminder WHERE user_id = $1 AND day < $2`, int64(user), int64(day)); err != nil {
		return false, fmt.Errorf("forget earlier reminders: %w", err)
	}
	return true, nil
}

// LeaveReminder gives back a reminder that could not be sent, for another try.
func (s *Store) LeaveReminder(ctx context.Context, user portfolio.UserID, day portfolio.Date) error {
	if _, err := s.write.ExecContext(ctx, `DELETE FROM reminder WHERE user_id = $1 AND day = $2`, int64(user), int64(day)); err != nil {
		return fmt.Errorf("give back a reminder: %w", err)
	}
	return nil
}
