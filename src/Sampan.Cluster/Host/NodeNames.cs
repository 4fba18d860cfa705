using System.Text.RegularExpressions;

namespace Sampan.Cluster.Host;

/// <summary>What a node may be called: a DNS name that fits into its label kubernetes.io/hostname.</summary>
public static partial class NodeNames
{
    private const int MaxLength = 63;

    /// <exception cref="HostException">No node can have this name.</exception>
    public static string Check(string name) => name.Length <= MaxLength && Name().IsMatch(name)
        ? name
        : throw new HostException($"\"{name}\" is no name for a node: use small letters, digits, '-' and '.', such as vm-2");

    [GeneratedRegex(@"\A[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*\z")]
    private static partial Regex Name();
}
