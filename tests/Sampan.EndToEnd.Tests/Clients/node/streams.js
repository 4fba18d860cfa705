// What the JavaScript client does with a running pod: node streams.js KUBECONFIG NAMESPACE POD. Ends with 0 when all of it worked.
// The pod has a shell and answers HTTP on port 80.
import assert from 'node:assert/strict';
import net from 'node:net';
import { PassThrough, Readable } from 'node:stream';
import { setTimeout } from 'node:timers/promises';
import * as k8s from '@kubernetes/client-node';

const [, , kubeconfig, namespace, pod] = process.argv;
const config = new k8s.KubeConfig();
config.loadFromFile(kubeconfig);

const within = (what, promise) => Promise.race([
    promise,
    setTimeout(60_000, undefined, { ref: false }).then(() => { throw new Error(`not within a minute: ${what}`); }),
]);

const collector = () => {
    const stream = new PassThrough();
    stream.text = '';
    stream.on('data', (chunk) => { stream.text += chunk; });
    return stream;
};

/** The text, once it has come. */
const until = (stream, wanted) => within(`"${wanted}"`, new Promise((resolve) => {
    const look = () => stream.text.includes(wanted) && resolve(stream.text);
    stream.on('data', look);
    look();
}));

async function executes() {
    const [output, error] = [collector(), collector()];
    const status = await within('the command', new Promise((resolve, reject) => {
        new k8s.Exec(config).exec(
            namespace, pod, 'main', ['sh', '-c', 'cat; echo err >&2; exit 7'], output, error, Readable.from(['typed\n']), false, resolve).catch(reject);
    }));
    assert.equal(status.status, 'Failure');
    assert.equal(status.details.causes[0].message, '7');
    assert.equal(output.text, 'typed\n');
    assert.equal(error.text, 'err\n');
}

async function attaches() {
    const output = collector();
    const socket = await new k8s.Attach(config).attach(namespace, pod, 'main', output, collector(), null, false);
    await until(output, 'line ');
    socket.close();
}

async function forwards() {
    const forward = new k8s.PortForward(config);
    const server = net.createServer((socket) => forward.portForward(namespace, pod, [80], socket, null, socket));
    await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
    const client = net.connect(server.address().port, '127.0.0.1');
    const answer = collector();
    client.pipe(answer);
    client.write('GET / HTTP/1.0\r\nHost: pod\r\n\r\n');
    assert.match(await until(answer, 'ok'), /^HTTP\/1\.\d 200 /);
    client.destroy();
    server.close();
}

async function logs() {
    const output = collector();
    const abort = await new k8s.Log(config).log(namespace, pod, 'main', output, { follow: true, pretty: false, timestamps: false });
    assert((await until(output, 'line 3')).startsWith('line 1\nline 2\n'));
    abort.abort();
}

for (const step of [executes, attaches, forwards, logs]) {
    await step();
    console.log(step.name);
}
process.exit(0);
