import { setUp } from './n8n';

/** Jest's globalSetup: it runs each file once, so each project has one of its own. */
export default async ({ testPathPatterns: { patterns } }: GlobalConfig) => {
	const areTemplates = (pattern: string) => /(^|\/)e2e\/templates/.test(pattern);
	// The tests of templates need no n8n with default settings, which would take memory and processor time.
	const areAllTemplates = patterns.length > 0 && patterns.every(areTemplates);
	await setUp(areAllTemplates ? ['lazy'] : ['default', 'lazy']);
};

interface GlobalConfig {
	testPathPatterns: { patterns: string[] };
}
