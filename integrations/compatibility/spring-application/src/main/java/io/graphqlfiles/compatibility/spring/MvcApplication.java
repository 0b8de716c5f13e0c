package io.graphqlfiles.compatibility.spring;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** On Spring MVC. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({
    CommonBeans.class,
    AlbumConfiguration.class,
    AlbumController.class,
    ShelfController.class,
    MvcController.class,
    MvcSecurity.class
})
public class MvcApplication {}
