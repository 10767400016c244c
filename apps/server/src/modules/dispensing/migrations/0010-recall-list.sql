-- Who was given a batch, in pages: the recall list walks this index, however many orders there are.
create index dispensing_of_batch on dispensing.dispensing (batch_id, id) include (order_id);
