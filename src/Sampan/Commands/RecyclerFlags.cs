using System.CommandLine;
using Sampan.Api.Codec;
using Sampan.Api.Core.V1;
using Sampan.Cluster.Host;
using Sampan.ControllerManager.PersistentVolumes;

namespace Sampan.Commands;

/// <summary>Upstream's flags of the pods that empty volumes of the policy Recycle.</summary>
internal sealed class RecyclerFlags
{
    private static readonly RecyclerOptions Standard = new();
    private readonly Option<string?> _hostPathPod = new("--pv-recycler-pod-template-filepath-hostpath") { Description = "The pod that empties a directory of a host, in place of its first volume." };
    private readonly Option<string?> _nfsPod = new("--pv-recycler-pod-template-filepath-nfs") { Description = "The pod that empties an NFS share." };
    private readonly Option<int> _hostPathLeast = Seconds("--pv-recycler-minimum-timeout-hostpath", "How long the emptying of a directory may take at least.", Standard.HostPath.Seconds);
    private readonly Option<int> _hostPathMore = Seconds("--pv-recycler-timeout-increment-hostpath", "How much longer for each GiB.", Standard.HostPath.SecondsPerGibibyte);
    private readonly Option<int> _nfsLeast = Seconds("--pv-recycler-minimum-timeout-nfs", "How long the emptying of an NFS share may take at least.", Standard.Nfs.Seconds);
    private readonly Option<int> _nfsMore = Seconds("--pv-recycler-increment-timeout-nfs", "How much longer for each GiB.", Standard.Nfs.SecondsPerGibibyte);

    public void AddTo(Command command)
    {
        Option[] all = [_hostPathPod, _nfsPod, _hostPathLeast, _hostPathMore, _nfsLeast, _nfsMore];
        foreach (var option in all) command.Options.Add(option);
    }

    public RecyclerOptions Options(ParseResult result) => new()
    {
        HostPath = new(PodOf(result.GetValue(_hostPathPod)), result.GetValue(_hostPathLeast), result.GetValue(_hostPathMore)),
        Nfs = new(PodOf(result.GetValue(_nfsPod)), result.GetValue(_nfsLeast), result.GetValue(_nfsMore)),
    };

    private static Pod? PodOf(string? file)
    {
        if (string.IsNullOrEmpty(file)) return null;
        var pod = YamlCodec.Decode<Pod>(File.ReadAllBytes(file));
        return pod.Spec.Volumes is { Count: > 0 } ? pod : throw new HostException($"the pod in {file} must have a volume at least: the one that it empties takes the place of the first");
    }

    private static Option<int> Seconds(string name, string description, int standard) => new(name) { Description = description, DefaultValueFactory = _ => standard };
}
