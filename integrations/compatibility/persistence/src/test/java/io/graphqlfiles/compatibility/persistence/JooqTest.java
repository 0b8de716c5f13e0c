package io.graphqlfiles.compatibility.persistence;

import static io.graphqlfiles.compatibility.persistence.Samples.IMAGE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.jsonbGetAttributeAsText;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import io.graphqlfiles.StoredFile;
import java.io.InputStream;
import java.nio.file.Path;
import org.h2.jdbcx.JdbcDataSource;
import org.jooq.Converter;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.JSONB;
import org.jooq.SQLDialect;
import org.jooq.Table;
import org.jooq.codegen.GenerationTool;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jooq.meta.jaxb.Configuration;
import org.jooq.meta.jaxb.Jdbc;
import org.junit.jupiter.api.Test;

class JooqTest {

    // tag::text
    static final Converter<String, StoredFile> TEXT =
            Converter.ofNullable(String.class, StoredFile.class, StoredFile::fromJson, StoredFile::toJson);
    // end::text

    private static final Table<?> PRODUCT = table(name("jooq_product"));
    private static final Field<String> NAME = field(name("name"), String.class);

    @Test
    void jsonb_onPostgresql() {
        Database.run("create table jooq_product (name text primary key, image jsonb)");
        DSLContext jooq = DSL.using(Database.dataSource(), SQLDialect.POSTGRES);
        Field<StoredFile> image = field(name("image"), SQLDataType.JSONB.asConvertedDataType(new StoredFileJsonb()));

        comesBack(jooq, image);

        assertThat(jooq.select(NAME)
                        .from(PRODUCT)
                        .where(jsonbGetAttributeAsText(image.coerce(JSONB.class), "type")
                                .eq("image/png"))
                        .fetch(NAME))
                .containsExactly("Cup");
    }

    @Test
    void generator_takesTheConverter() throws Exception {
        Database.run("create table jooq_generated (name text primary key, image jsonb)");
        Configuration configuration;
        try (InputStream xml = getClass().getResourceAsStream("/jooq-codegen.xml")) {
            configuration = GenerationTool.load(xml);
        }
        configuration.withJdbc(new Jdbc().withUrl(Database.url()).withUser("postgres"));

        GenerationTool.generate(configuration);

        assertThat(Path.of("target/generated-jooq/com/example/shop/jooq/tables/JooqGenerated.java"))
                .content()
                .contains("TableField<JooqGeneratedRecord, StoredFile> IMAGE");
    }

    @Test
    void text_onH2() {
        JdbcDataSource h2 = new JdbcDataSource();
        h2.setUrl("jdbc:h2:mem:jooq;DB_CLOSE_DELAY=-1");
        DSLContext jooq = DSL.using(h2, SQLDialect.H2);
        jooq.execute("create table \"jooq_product\" (\"name\" varchar primary key, \"image\" varchar)");

        comesBack(jooq, field(name("image"), SQLDataType.VARCHAR.asConvertedDataType(TEXT)));
    }

    private static void comesBack(DSLContext jooq, Field<StoredFile> image) {
        jooq.insertInto(PRODUCT).set(NAME, "Cup").set(image, IMAGE).execute();
        jooq.insertInto(PRODUCT).set(NAME, "Jug").set(image, (StoredFile) null).execute();

        assertThat(jooq.select(image).from(PRODUCT).orderBy(NAME).fetch(image)).containsExactly(IMAGE, null);
    }
}
