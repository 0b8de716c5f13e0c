package io.graphqlfiles.compatibility.smallrye;

import io.graphqlfiles.StoredFile;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.microprofile.graphql.GraphQLApi;
import org.eclipse.microprofile.graphql.Mutation;
import org.eclipse.microprofile.graphql.Name;
import org.eclipse.microprofile.graphql.Query;
import org.eclipse.microprofile.graphql.Source;

/** An application as one writes it for MicroProfile GraphQL. */
@GraphQLApi
public class Pictures {

    private static final List<Picture> ALL = new CopyOnWriteArrayList<>();

    @Query
    public List<Picture> pictures() {
        return List.copyOf(ALL);
    }

    @Mutation
    public Picture addPicture(@Name("title") String title, @Name("image") StoredFile image) {
        Picture picture = new Picture(title, image);
        ALL.add(picture);
        return picture;
    }

    @Mutation
    public Picture failToAddPicture(@Name("title") String title, @Name("image") StoredFile image) {
        throw new IllegalStateException("a failure that the test asks for");
    }

    /** SmallRye wants a field in every type before it lets anyone change the schema. */
    public String id(@Source StoredFile file) {
        return file.id();
    }

    /** With getters, as MicroProfile GraphQL wants it. */
    public static final class Picture {

        private final String title;
        private final StoredFile image;

        Picture(String title, StoredFile image) {
            this.title = title;
            this.image = image;
        }

        public String getTitle() {
            return title;
        }

        public StoredFile getImage() {
            return image;
        }
    }
}
