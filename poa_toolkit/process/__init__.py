"""What happens to a text on its way to agreement: pure functions on plans and what is proposed to them."""
