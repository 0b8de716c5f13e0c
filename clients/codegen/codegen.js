/** @type {import('@graphql-codegen/cli').CodegenConfig} */
export default {
  schema: ['shop.graphqls', '../../core/src/main/resources/META-INF/graphql-files/*.graphqls'],
  documents: ['shop.ts'],
  generates: {
    'generated/': {
      preset: 'client',
      config: {
        useTypeImports: true,
        scalars: {
          Upload: { input: 'File', output: 'never' },
          URL: 'string',
          Long: 'number',
          DateTime: 'string',
        },
      },
    },
  },
};
