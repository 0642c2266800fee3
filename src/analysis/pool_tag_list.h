/* Well-known pool tags in our own words, for machines without a pooltag.txt. */
#pragma once

/* Lines as in such a file. */
extern const char pool_tag_list[];
