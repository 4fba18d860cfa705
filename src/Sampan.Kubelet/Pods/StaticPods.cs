using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;
using Sampan.Api;
using Sampan.Api.Codec;
using Sampan.Api.Core.V1;
using Sampan.Kubelet.Runtime;

namespace Sampan.Kubelet.Pods;

/// <summary>
/// Pods from manifests in a directory. Each is named after its node too, and its UID is made of its text, so that a changed
/// manifest is another pod.
/// </summary>
internal sealed class StaticPods(string directory, string nodeName, TimeSpan interval, TimeProvider time, ILogger logger)
{
    private Dictionary<string, Pod> _known = [];

    /// <summary>Reads the directory again and again, and tells of every pod that came or went.</summary>
    public async Task RunAsync(Action<Pod> upsert, Action<Pod> remove, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            Poll(upsert, remove);
            await Task.Delay(interval, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    public void Poll(Action<Pod> upsert, Action<Pod> remove)
    {
        var found = Read();
        foreach (var gone in _known.Values.Where(p => !found.ContainsKey(p.Metadata.Uid)))
        {
            remove(gone);
        }

        foreach (var pod in found.Values.Where(p => !_known.ContainsKey(p.Metadata.Uid)))
        {
            upsert(pod);
        }

        _known = found;
    }

    private Dictionary<string, Pod> Read()
    {
        var result = new Dictionary<string, Pod>();
        var files = Directory.Exists(directory) ? Directory.GetFiles(directory).Where(f => !Path.GetFileName(f).StartsWith('.')) : [];
        foreach (var file in files)
        {
            try
            {
                var pod = Parse(File.ReadAllBytes(file), file);
                result[pod.Metadata.Uid] = pod;
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                logger.LogError("The manifest {File} is no pod: {Error}", file, e.Message);
            }
        }

        return result;
    }

    private Pod Parse(byte[] text, string file)
    {
        var pod = YamlCodec.Decode<Pod>(text);
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{nodeName}\n{file}\n{Encoding.UTF8.GetString(text)}")))[..32];
        pod.Metadata.Uid = hash;
        pod.Metadata.Name = $"{pod.Metadata.Name}-{nodeName.ToLowerInvariant()}";
        pod.Metadata.Namespace = pod.Metadata.Namespace is { Length: > 0 } ns ? ns : "default";
        pod.Metadata.Annotations ??= [];
        pod.Metadata.Annotations[RuntimeLabels.ConfigSource] = "file";
        pod.Metadata.Annotations[RuntimeLabels.ConfigHash] = hash;
        pod.Metadata.Annotations[RuntimeLabels.ConfigSeen] = time.GetUtcNow().ToString("O");
        pod.Spec.NodeName = nodeName;
        pod.Spec.TerminationGracePeriodSeconds ??= 30;
        foreach (var container in pod.Spec.Containers.Concat(pod.Spec.InitContainers.OrEmpty()))
        {
            container.TerminationMessagePath ??= "/dev/termination-log";
            container.TerminationMessagePolicy ??= "File";
        }

        pod.Spec.Tolerations ??= [new Toleration { Operator = "Exists", Effect = "NoExecute" }];
        return pod;
    }
}
