// What the JavaScript client does with an API server: node api.js KUBECONFIG NAMESPACE. Ends with 0 when all of it worked.
import assert from 'node:assert/strict';
import * as k8s from '@kubernetes/client-node';

const [, , kubeconfig, namespace] = process.argv;
const config = new k8s.KubeConfig();
config.loadFromFile(kubeconfig);
const core = config.makeApiClient(k8s.CoreV1Api);
const apps = config.makeApiClient(k8s.AppsV1Api);

const configMap = (name, key = '1') => ({ metadata: { name, labels: { set: 'node' } }, data: { key } });

const deployment = (name) => ({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace },
    spec: {
        replicas: 0,
        selector: { matchLabels: { app: name } },
        template: { metadata: { labels: { app: name } }, spec: { containers: [{ name: 'main', image: 'nginx:1' }] } },
    },
});

const refused = (code, promise) => assert.rejects(promise, (e) => e.code === code);

const within = (what, promise) => Promise.race([
    promise,
    new Promise((_, reject) => setTimeout(() => reject(new Error(`not within a minute: ${what}`)), 60_000).unref()),
]);

async function discovery() {
    assert.equal((await config.makeApiClient(k8s.VersionApi).getCode()).minor, '36');
    const groups = await config.makeApiClient(k8s.ApisApi).getAPIVersions();
    assert(groups.groups.some((group) => group.name === 'apps'));
}

async function crud() {
    const created = await core.createNamespacedConfigMap({ namespace, body: configMap('crud') });
    assert(created.metadata.uid && created.metadata.creationTimestamp instanceof Date);
    created.data.key = '2';
    await core.replaceNamespacedConfigMap({ name: 'crud', namespace, body: created });
    await refused(409, core.replaceNamespacedConfigMap({ name: 'crud', namespace, body: created }));
    const patch = [{ op: 'add', path: '/data/more', value: '3' }];
    assert.deepEqual((await core.patchNamespacedConfigMap({ name: 'crud', namespace, body: patch })).data, { key: '2', more: '3' });
    const merged = await core.patchNamespacedConfigMap(
        { name: 'crud', namespace, body: { data: { more: null } } }, k8s.setHeaderOptions('Content-Type', k8s.PatchStrategy.MergePatch));
    assert.deepEqual(merged.data, { key: '2' });
    const listed = await core.listNamespacedConfigMap({ namespace, labelSelector: 'set=node', limit: 1 });
    assert.deepEqual(listed.items.map((item) => item.metadata.name), ['crud']);
    await core.deleteNamespacedConfigMap({ name: 'crud', namespace });
    await refused(404, core.readNamespacedConfigMap({ name: 'crud', namespace }));
    await refused(422, core.createNamespacedConfigMap({ namespace, body: configMap('Bad_Name') }));
}

async function watches() {
    const seen = [];
    const ended = new Promise((resolve, reject) => {
        new k8s.Watch(config).watch(
            `/api/v1/namespaces/${namespace}/configmaps`, { labelSelector: 'set=node' },
            (type, object) => { seen.push([type, object.data.key]); if (seen.length === 3) resolve(); },
            (error) => (seen.length === 3 ? resolve() : reject(error ?? new Error('the watch ended'))),
        ).then((request) => ended.finally(() => request.abort()).catch(() => {}), reject);
    });
    await core.createNamespacedConfigMap({ namespace, body: configMap('watched') });
    await core.patchNamespacedConfigMap({ name: 'watched', namespace, body: [{ op: 'replace', path: '/data/key', value: '2' }] });
    await core.deleteNamespacedConfigMap({ name: 'watched', namespace });
    await within('three events', ended);
    assert.deepEqual(seen, [['ADDED', '1'], ['MODIFIED', '2'], ['DELETED', '2']]);
}

async function informer() {
    const list = () => core.listNamespacedConfigMap({ namespace, labelSelector: 'set=node' });
    const informer = k8s.makeInformer(config, `/api/v1/namespaces/${namespace}/configmaps`, list, 'set=node');
    const added = new Promise((resolve, reject) => { informer.on('add', resolve); informer.on('error', reject); });
    await informer.start();
    await core.createNamespacedConfigMap({ namespace, body: configMap('informed') });
    assert.equal((await within('the informer', added)).metadata.name, 'informed');
    await informer.stop();
}

async function objects() {
    const api = k8s.KubernetesObjectApi.makeApiClient(config);
    const created = await api.create(deployment('web'));
    assert.equal(created.spec.strategy.type, 'RollingUpdate');
    const applied = await api.patch(
        { ...deployment('web'), spec: { ...deployment('web').spec, replicas: 1 } }, undefined, undefined, 'node', true, k8s.PatchStrategy.ServerSideApply);
    assert.equal(applied.spec.replicas, 1);
    assert(applied.metadata.managedFields.some((entry) => entry.manager === 'node' && entry.operation === 'Apply'));
    const scale = await apps.readNamespacedDeploymentScale({ name: 'web', namespace });
    scale.spec.replicas = 2;
    delete scale.metadata.resourceVersion; // the controller writes the status at its own pace
    assert.equal((await apps.replaceNamespacedDeploymentScale({ name: 'web', namespace, body: scale })).spec.replicas, 2);
    assert.equal((await api.list('apps/v1', 'Deployment', namespace)).items.length, 1);
    await api.delete(deployment('web'), undefined, undefined, undefined, undefined, 'Background');
}

async function authority() {
    const review = await config.makeApiClient(k8s.AuthorizationV1Api).createSelfSubjectAccessReview({
        body: { spec: { resourceAttributes: { verb: 'delete', resource: 'nodes' } } } });
    assert.equal(review.status.allowed, true);
    const token = await core.createNamespacedServiceAccountToken({ name: 'default', namespace, body: { spec: { audiences: [], expirationSeconds: 600 } } });
    assert.equal(token.status.token.split('.').length, 3);
}

/** Every list of the stable groups answers what the client's own model reads. */
async function everyList() {
    let count = 0;
    for (const [name, type] of Object.entries(k8s).filter(([name]) => /V[12]Api$/.test(name) && !name.startsWith('Object'))) {
        const api = config.makeApiClient(type);
        const methods = Object.getOwnPropertyNames(type.prototype).filter((method) => /^list/.test(method) && !method.endsWith('WithHttpInfo'));
        for (const method of methods) {
            const listed = await api[method]({ namespace });
            assert(Array.isArray(listed.items), `${name}.${method}`);
            count++;
        }
    }
    assert(count > 60, `${count}`);
}

for (const step of [discovery, crud, watches, informer, objects, authority, everyList]) {
    await step();
    console.log(step.name);
}
process.exit(0);
