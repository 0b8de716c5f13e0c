package io.graphqlfiles.compatibility.spqr;

import static jakarta.servlet.DispatcherType.ASYNC;
import static jakarta.servlet.DispatcherType.ERROR;
import static jakarta.servlet.DispatcherType.REQUEST;

import graphql.GraphQL;
import graphql.schema.GraphQLSchema;
import io.graphqlfiles.ByteSize;
import io.graphqlfiles.CopyUrlOptions;
import io.graphqlfiles.FileFieldRegistry;
import io.graphqlfiles.compatibility.Directories;
import io.graphqlfiles.compatibility.PlainApplication;
import io.graphqlfiles.engine.GraphQLFiles;
import io.graphqlfiles.servlet.FileServlet;
import io.graphqlfiles.servlet.GraphQLUploadFilter;
import io.graphqlfiles.storage.fs.FileSystemBlobStore;
import io.graphqlfiles.testkit.GraphQLServerContract;
import io.leangen.graphql.ExecutableSchema;
import io.leangen.graphql.ExtensionProvider;
import io.leangen.graphql.GeneratorConfiguration;
import io.leangen.graphql.module.Module;
import io.leangen.graphql.spqr.spring.autoconfigure.DataLoaderRegistryFactory;
import java.util.List;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;

/** An application of SPQR's starter, with the library's servlets. */
@SpringBootApplication(proxyBeanMethods = false)
public class SpqrApplication {

    @Bean
    GraphQLFiles files(Directories directories) {
        return GraphQLFiles.newGraphQLFiles()
                .store(FileSystemBlobStore.at(directories.files()))
                .secret("a secret for the tests of compatibility")
                .temporaryDirectory(directories.temporaryFiles())
                .authorizer(access -> true)
                .copyUrl(CopyUrlOptions.newCopyUrlOptions()
                        .allowedNetworks(List.of("127.0.0.0/8"))
                        .build())
                .tus(true)
                .registry(rules())
                .build();
    }

    // tag::rules
    private static FileFieldRegistry rules() {
        return FileFieldRegistry.newRegistry()
                .field("Document", "content", rules -> rules.maxSize(ByteSize.megabytes(100)))
                .field(
                        "Document",
                        "pages",
                        rules -> rules.accept("image/*")
                                .maxSize(ByteSize.kilobytes(64))
                                .maxCount(3))
                .input("DocumentInput", "content", "Document.content")
                .input("DocumentInput", "pages", "Document.pages")
                .build();
    }
    // end::rules

    // tag::schema
    @Bean
    ExtensionProvider<GeneratorConfiguration, Module> fileModule(GraphQLFiles files) {
        return (configuration, modules) -> modules.append(new FileModule(files));
    }

    // In place of the starter's, which calls what graphql-java has no longer since version 22.
    @Bean
    GraphQL graphQl(ExecutableSchema classes, GraphQLFiles files) {
        GraphQLSchema schema = classes.getSchema();
        GraphQLSchema withOperations = schema.transform(changed -> changed.query(schema.getQueryType()
                        .transform(query -> files.queryFields().forEach(query::field)))
                .mutation(schema.getMutationType()
                        .transform(mutation -> files.mutationFields().forEach(mutation::field))));
        return GraphQL.newGraphQL(files.apply(withOperations))
                .instrumentation(files.instrumentation())
                .build();
    }
    // end::schema

    @Bean
    FilterRegistrationBean<GraphQLUploadFilter> uploads(GraphQLFiles files) {
        FilterRegistrationBean<GraphQLUploadFilter> uploads =
                new FilterRegistrationBean<>(new GraphQLUploadFilter(files));
        uploads.addUrlPatterns("/graphql");
        uploads.setDispatcherTypes(REQUEST, ASYNC, ERROR);
        uploads.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return uploads;
    }

    @Bean
    ServletRegistrationBean<FileServlet> fileServlet(GraphQLFiles files) {
        return new ServletRegistrationBean<>(
                new FileServlet(files), files.server().basePath() + "/*");
    }

    @Bean
    DataLoaderRegistryFactory dataLoaders() {
        return PlainApplication::dataLoaders;
    }

    @Bean
    SecurityFilterChain securityFilterChain(HttpSecurity http) throws Exception {
        return http.authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                .httpBasic(Customizer.withDefaults())
                .csrf(AbstractHttpConfigurer::disable)
                .build();
    }

    @Bean
    UserDetailsService users() {
        return new InMemoryUserDetailsManager(User.withUsername(GraphQLServerContract.USER)
                .password("{noop}" + GraphQLServerContract.PASSWORD)
                .build());
    }
}
