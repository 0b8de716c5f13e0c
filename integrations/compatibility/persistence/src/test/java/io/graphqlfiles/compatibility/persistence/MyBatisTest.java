package io.graphqlfiles.compatibility.persistence;

import static io.graphqlfiles.compatibility.persistence.Samples.IMAGE;
import static org.assertj.core.api.Assertions.assertThat;

import io.graphqlfiles.StoredFile;
import javax.sql.DataSource;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.mapping.Environment;
import org.apache.ibatis.session.Configuration;
import org.apache.ibatis.session.SqlSession;
import org.apache.ibatis.session.SqlSessionFactory;
import org.apache.ibatis.session.SqlSessionFactoryBuilder;
import org.apache.ibatis.transaction.jdbc.JdbcTransactionFactory;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;

class MyBatisTest {

    /** By its constructor, as MyBatis makes records. */
    record Product(String name, StoredFile image) {}

    // tag::mapper
    interface Products {

        @Insert("insert into mybatis_product (name, image) values (#{name}, #{image})")
        void insert(@Param("name") String name, @Param("image") StoredFile image);

        /** A column of type jsonb on PostgreSQL. */
        @Insert("insert into mybatis_product (name, image) values (#{name}, #{image}::jsonb)")
        void insertJson(@Param("name") String name, @Param("image") StoredFile image);

        @Select("select name, image from mybatis_product where name = #{name}")
        Product find(String name);
    }
    // end::mapper

    private static SqlSessionFactory myBatis(DataSource dataSource) {
        Configuration configuration =
                new Configuration(new Environment("test", new JdbcTransactionFactory(), dataSource));
        // With Spring Boot: mybatis.type-handlers-package=io.graphqlfiles.persistence.mybatis
        configuration.getTypeHandlerRegistry().register("io.graphqlfiles.persistence.mybatis");
        configuration.setArgNameBasedConstructorAutoMapping(true);
        configuration.addMapper(Products.class);
        return new SqlSessionFactoryBuilder().build(configuration);
    }

    @Test
    void jsonb_onPostgresql() {
        Database.run("create table mybatis_product (name text primary key, image jsonb)");
        try (SqlSession session = myBatis(Database.dataSource()).openSession(true)) {
            Products products = session.getMapper(Products.class);
            products.insertJson("Cup", IMAGE);
            products.insertJson("Jug", null);

            assertThat(products.find("Cup")).isEqualTo(new Product("Cup", IMAGE));
            assertThat(products.find("Jug")).isEqualTo(new Product("Jug", null));
        }
        assertThat(Database.ask("select name from mybatis_product where image ->> 'type' = 'image/png'"))
                .isEqualTo("Cup");
    }

    @Test
    void text_onH2() {
        JdbcDataSource h2 = new JdbcDataSource();
        h2.setUrl("jdbc:h2:mem:mybatis;DB_CLOSE_DELAY=-1");
        try (SqlSession session = myBatis(h2).openSession(true)) {
            Database.run(h2, "create table mybatis_product (name varchar primary key, image varchar)");
            Products products = session.getMapper(Products.class);
            products.insert("Cup", IMAGE);
            products.insert("Jug", null);

            assertThat(products.find("Cup")).isEqualTo(new Product("Cup", IMAGE));
            assertThat(products.find("Jug")).isEqualTo(new Product("Jug", null));
        }
    }
}
