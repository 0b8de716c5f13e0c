package io.graphqlfiles.compatibility.servlet;

import graphql.GraphQL;
import io.graphqlfiles.compatibility.PlainApplication;
import io.graphqlfiles.servlet.FileServlet;
import io.graphqlfiles.servlet.GraphQLUploadFilter;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.Servlet;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import java.util.EnumSet;

/** Puts the application into a servlet context, as the guide for plain graphql-java says. */
final class PlainServlets {

    private static final EnumSet<DispatcherType> DISPATCHES =
            EnumSet.of(DispatcherType.REQUEST, DispatcherType.ASYNC, DispatcherType.ERROR);

    private PlainServlets() {}

    static Servlet graphQl(PlainApplication application, boolean batches) {
        GraphQL graphQl = GraphQL.newGraphQL(application.schema())
                .instrumentation(application.files().instrumentation())
                .build();
        return new PlainGraphQLServlet(graphQl, batches);
    }

    static void register(PlainApplication application, Servlet graphQl, ServletContext context) {
        FilterRegistration.Dynamic uploads =
                context.addFilter("graphql-uploads", new GraphQLUploadFilter(application.files()));
        uploads.setAsyncSupported(true);
        uploads.addMappingForUrlPatterns(DISPATCHES, true, "/graphql");
        FilterRegistration.Dynamic users = context.addFilter("users", new BasicAuthentication());
        users.setAsyncSupported(true);
        users.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), true, "/graphql");
        ServletRegistration.Dynamic served = context.addServlet("graphql", graphQl);
        served.setAsyncSupported(true);
        served.addMapping("/graphql");
        context.addServlet("files", new FileServlet(application.files()))
                .addMapping(application.files().server().basePath() + "/*");
    }
}
