import js from '@eslint/js';
import tseslint from 'typescript-eslint';

// The package itself is linted by n8n's own rules (../eslint.config.mjs). Those keep code off what n8n
// Cloud does not allow, such as files and processes, which tests and tools are made of.
export default tseslint.config(js.configs.recommended, tseslint.configs.strict, {
	files: ['**/*.{js,mjs}'],
	languageOptions: { globals: { module: 'writable', process: 'readonly' } },
});
