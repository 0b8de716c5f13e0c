package io.graphqlfiles.compatibility.codegen;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

@SpringBootApplication
public class CodegenShop {

    public static void main(String[] arguments) {
        SpringApplication.run(CodegenShop.class, arguments);
    }
}
