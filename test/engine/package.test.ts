import type { PackageDirectoryLoader } from 'n8n-core';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { loadPackage } from './engine';

let loader: PackageDirectoryLoader;
beforeAll(async () => {
	loader = await loadPackage();
});

test('n8n finds one node and one credential', () => {
	expect(Object.keys(loader.known.nodes)).toEqual(['jofiTrigger']);
	expect(Object.keys(loader.known.credentials)).toEqual(['jofiWebhookApi']);
	expect(loader.types.nodes).toHaveLength(1);
	expect(loader.types.credentials).toHaveLength(1);
});

test('the node is what saved workflows depend on', () => {
	const { description } = loader.getNode('jofiTrigger').type as never as {
		description: Record<string, unknown> & {
			properties: Array<{ name: string; default: unknown }>;
		};
	};
	expect(description).toMatchObject({
		name: 'jofiTrigger',
		displayName: 'JOFI Trigger',
		version: 1.1,
	});
	expect(description.credentials).toEqual([
		{ name: 'jofiWebhookApi', required: true, testedBy: 'jofiWebhookCredentialTest' },
	]);
	const defaults = Object.fromEntries(
		description.properties.map(({ name, default: value }) => [name, value]),
	);
	expect(defaults).toEqual({
		notice: '',
		events: ['*'],
		assessmentCompletion: 'each',
		columnChoice: 'all',
		columns: [
			'event_id',
			'event_name',
			'event_created_at',
			'full_name',
			'email',
			'person_id',
			'invitation_id',
			'team_name',
			'assessments_summary',
			'scorecard_url',
		],
		simplify: true,
		separateOutputs: false,
		filters: {},
		options: {},
	});
});

test('the credential is what saved credentials depend on', () => {
	const { properties, displayName } = loader.getCredential('jofiWebhookApi').type;
	expect(displayName).toBe('JOFI Webhook API');
	expect(properties.map(({ name }) => name)).toEqual([
		'notice',
		'verificationMethod',
		'signingSecret',
		'previousSigningSecret',
		'signatureHeader',
		'username',
		'password',
	]);
	const hidden = properties
		.filter(({ typeOptions }) => typeOptions?.password)
		.map(({ name }) => name);
	expect(hidden).toEqual(['signingSecret', 'previousSigningSecret', 'password']);
});

test('no field of the webhooks is an expression: n8n would evaluate it for each request', () => {
	const [type] = loader.types.nodes;
	const { webhooks } = loader.getNode('jofiTrigger').type.description as { webhooks?: object[] };
	expect(type?.name).toBe('jofiTrigger');
	expect(webhooks).toHaveLength(2);
	expect(JSON.stringify(webhooks)).not.toContain('"=');
});

test('icons and codex came along', () => {
	const [node] = loader.types.nodes;
	const icons = Object.values(node?.iconUrl ?? {}) as string[];
	expect(icons).toHaveLength(2);
	for (const icon of icons) {
		expect(existsSync(join(loader.directory, icon.replace('icons/n8n-nodes-jofi/', '')))).toBe(
			true,
		);
	}
	expect(node?.codex?.alias).toContain('jofi');
});
