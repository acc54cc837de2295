"""What commands and screens do in the same way: the parts of the house put together for one job."""
