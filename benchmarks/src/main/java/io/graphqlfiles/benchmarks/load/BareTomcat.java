package io.graphqlfiles.benchmarks.load;

import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServlet;
import java.io.IOException;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;
import org.jspecify.annotations.Nullable;

/** Embedded Tomcat as it comes, with one servlet and perhaps one filter before it. */
final class BareTomcat {

    private BareTomcat() {}

    static void serve(String path, HttpServlet servlet, @Nullable Filter filter)
            throws IOException, LifecycleException {
        Logger.getLogger("org.apache").setLevel(Level.WARNING);
        Tomcat tomcat = new Tomcat();
        tomcat.setBaseDir(System.getProperty("java.io.tmpdir"));
        Connector connector = new Connector();
        connector.setPort(0);
        connector.setProperty("address", "127.0.0.1");
        // The same for all contenders: connections are not closed after every hundredth small request.
        connector.setProperty("maxKeepAliveRequests", "-1");
        tomcat.setConnector(connector);
        Context context = tomcat.addContext("", null);
        Tomcat.addServlet(context, "upload", servlet).setAsyncSupported(true);
        context.addServletMappingDecoded(path, "upload");
        if (filter != null) {
            FilterDef definition = new FilterDef();
            definition.setFilterName("filter");
            definition.setFilter(filter);
            definition.setAsyncSupported("true");
            context.addFilterDef(definition);
            FilterMap mapping = new FilterMap();
            mapping.setFilterName("filter");
            mapping.addURLPattern("/*");
            context.addFilterMap(mapping);
        }
        tomcat.start();
        ServerControl.serve(connector.getLocalPort());
    }
}
