"""What leaves the office: a referral summary as PDF, text and JSON, and its way to the disk."""
