package io.graphqlfiles.compatibility.quarkus;

import io.graphqlfiles.StoredFile;
import io.graphqlfiles.quarkus.File;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.eclipse.microprofile.graphql.GraphQLApi;
import org.eclipse.microprofile.graphql.Id;
import org.eclipse.microprofile.graphql.Mutation;
import org.eclipse.microprofile.graphql.Name;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Query;

/** Records in a database, to which the library attaches their files: they have no column for them. */
@GraphQLApi
public class Albums {

    @Inject
    DataSource database;

    // tag::attached
    public record Album(
            @Id @NonNull String id,
            @NonNull String title,
            @File(attached = true, accept = "image/*") StoredFile cover) {}

    @Mutation
    @Transactional
    public Album addAlbum(@Name("title") String title, @Name("cover") @File(field = "Album.cover") StoredFile cover) {
        return new Album(insert(title), title, null); // the cover is attached in the same transaction
    }
    // end::attached

    @Mutation
    @Transactional
    public Album failToAddAlbum(
            @Name("title") String title, @Name("cover") @File(field = "Album.cover") StoredFile cover) {
        insert(title);
        throw new IllegalStateException("a failure that the test asks for");
    }

    @Query
    public List<Album> albums() throws SQLException {
        List<Album> albums = new ArrayList<>();
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT id, title FROM album ORDER BY id")) {
            while (rows.next()) {
                albums.add(new Album(rows.getString(1), rows.getString(2), null));
            }
        }
        return albums;
    }

    void makeTable(@Observes StartupEvent start) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE album (id INT GENERATED ALWAYS AS IDENTITY, title VARCHAR(100))");
        }
    }

    private String insert(String title) {
        try (Connection connection = database.getConnection();
                PreparedStatement insert = connection.prepareStatement(
                        "INSERT INTO album (title) VALUES (?)", Statement.RETURN_GENERATED_KEYS)) {
            insert.setString(1, title);
            insert.executeUpdate();
            try (ResultSet keys = insert.getGeneratedKeys()) {
                keys.next();
                return keys.getString(1);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
