package io.graphqlfiles.compatibility.aot;

import io.graphqlfiles.StoredFile;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.MutationMapping;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.config.annotation.method.configuration.EnableMethodSecurity;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.stereotype.Controller;

@SpringBootApplication(proxyBeanMethods = false)
@EnableMethodSecurity
public class AotShop {

    public static void main(String[] arguments) {
        SpringApplication.run(AotShop.class, arguments);
    }

    @Bean
    SecurityFilterChain everyone(HttpSecurity http) {
        return http.csrf(csrf -> csrf.disable())
                .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                .build();
    }

    public record Product(String id, String name, StoredFile image) {}

    public record ProductInput(String name, StoredFile image) {}

    @Controller
    static class ProductController {

        private final Map<String, Product> products = new ConcurrentHashMap<>();

        @QueryMapping
        Product product(@Argument String id) {
            return products.get(id);
        }

        @MutationMapping
        Product createProduct(@Argument ProductInput product) {
            String id = String.valueOf(products.size() + 1);
            products.put(id, new Product(id, product.name(), product.image()));
            return products.get(id);
        }

        @MutationMapping
        @PreAuthorize("hasRole('IMPORTER')")
        Product importProduct(@Argument ProductInput product) {
            return createProduct(product);
        }
    }
}
