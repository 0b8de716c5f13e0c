package io.graphqlfiles;

/** Looks at what no user can see: uploads that have not been released. */
public final class LiveUploadsProbe {

    private LiveUploadsProbe() {}

    /** How many uploads there are in requests that are being answered. */
    public static int count(GraphQLFiles files) {
        return files.liveUploads();
    }
}
