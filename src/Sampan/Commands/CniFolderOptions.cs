using System.CommandLine;
using Sampan.Cluster.ContainerRuntime;

namespace Sampan.Commands;

/// <summary>Where the pod network of a cluster with `--cni=none` is installed.</summary>
internal sealed class CniFolderOptions
{
    private readonly Option<string> _configurations = new("--cni-conf-dir")
    {
        Description = "With --cni=none: where its configuration appears.", DefaultValueFactory = _ => CniFolders.Foreign.Configurations,
    };

    private readonly Option<string> _plugins = new("--cni-bin-dir")
    {
        Description = "With --cni=none: where its plugins are.", DefaultValueFactory = _ => CniFolders.Foreign.Plugins,
    };

    public IEnumerable<Option> All => [_configurations, _plugins];

    public CniFolders Read(ParseResult result) => new(result.GetValue(_configurations)!, result.GetValue(_plugins)!);
}
