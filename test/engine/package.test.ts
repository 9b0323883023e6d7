import type { PackageDirectoryLoader } from 'n8n-core';
import type { INodeType } from 'n8n-workflow';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { loadPackage } from './engine';

let loader: PackageDirectoryLoader;
beforeAll(async () => {
	loader = await loadPackage();
});

test('n8n finds two nodes, each with its credential', () => {
	expect(Object.keys(loader.known.nodes)).toEqual(['jofi', 'jofiTrigger']);
	expect(Object.keys(loader.known.credentials)).toEqual(['jofiApi', 'jofiWebhookApi']);
	expect((loader.getNode('jofi').type as INodeType).description.credentials).toEqual([
		{ name: 'jofiApi', required: true },
	]);
});

test('the node is what saved workflows depend on', () => {
	const { description } = loader.getNode('jofiTrigger').type as INodeType;
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
	const hidden = properties.filter(({ typeOptions }) => typeOptions?.password);
	expect(hidden.map(({ name }) => name)).toEqual([
		'signingSecret',
		'previousSigningSecret',
		'password',
	]);
});

test('no field of the webhooks is an expression: n8n would evaluate it for each request', () => {
	const { webhooks } = loader.getNode('jofiTrigger').type.description as { webhooks?: object[] };
	expect(webhooks).toHaveLength(2);
	expect(JSON.stringify(webhooks)).not.toContain('"=');
});

test.each(['jofi', 'jofiTrigger'])('icons and codex of %s came along', (name) => {
	const node = loader.types.nodes.find((type) => type.name === name);
	const icons = Object.values(node?.iconUrl ?? {}).map((url) =>
		join(loader.directory, String(url).replace('icons/n8n-nodes-jofi/', '')),
	);
	expect(icons.map((icon) => existsSync(icon))).toEqual([true, true]);
	// n8n drops a codex that it can't read, without a word.
	expect(node?.codex).toMatchObject({
		categories: ['Productivity'],
		alias: expect.arrayContaining(name === 'jofi' ? ['jofi', 'invite', 'scorecard'] : ['jofi']),
	});
});

test('the JOFI node is what saved workflows depend on', () => {
	const { description } = loader.getNode('jofi').type as INodeType;
	expect(description).toMatchObject({ name: 'jofi', displayName: 'JOFI', version: 1 });
	const values = (options: unknown) =>
		(options as Array<{ value: string }>).map(({ value }) => value);
	const operations = Object.fromEntries(
		description.properties
			.filter(({ name }) => name === 'operation')
			.map(({ displayOptions, options }) => [displayOptions?.show?.resource?.[0], values(options)]),
	);
	expect(operations).toEqual({
		account: ['checkWebhook', 'get'],
		careerNavigationProfile: ['get', 'getAll'],
		invitation: ['create', 'get', 'getAll'],
		testTaker: ['get', 'getAll', 'getScorecard'],
	});
	const names = new Set(description.properties.map(({ name }) => name));
	expect([...names].sort()).toEqual([
		'additionalFields',
		'careerNavigationProfileId',
		'createdByUserEmail',
		'email',
		'firstName',
		'invitationId',
		'lastName',
		'limit',
		'operation',
		'personId',
		'productionUrl',
		'resource',
		'retryNotice',
		'rows',
		'scoreProfile',
		'simplify',
		'testTakerId',
	]);
	const more = description.properties.find(({ name }) => name === 'additionalFields');
	expect((more?.options as Array<{ name: string }>).map(({ name }) => name).sort()).toEqual([
		'assessmentIds',
		'customId',
		'emailTemplateId',
		'phone',
		'sendViaEmail',
		'sendViaSms',
		'teamId',
	]);
});

test('the API key is hidden', () => {
	const { properties } = loader.getCredential('jofiApi').type;
	const key = properties.find(({ name }) => name === 'apiKey');
	expect(key?.typeOptions?.password).toBe(true);
});

test('an AI Agent can use the JOFI node as a tool', () => {
	expect(loader.getNode('jofi').type.description).toMatchObject({ usableAsTool: true });
	expect(loader.getNode('jofiTrigger').type.description).not.toHaveProperty('usableAsTool');
});
