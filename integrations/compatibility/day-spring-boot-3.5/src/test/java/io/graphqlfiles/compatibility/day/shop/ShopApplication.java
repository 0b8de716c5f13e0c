package io.graphqlfiles.compatibility.day.shop;

import org.springframework.boot.autoconfigure.SpringBootApplication;

/** An application as users write it, to be tested as users test theirs. */
@SpringBootApplication
class ShopApplication {}
