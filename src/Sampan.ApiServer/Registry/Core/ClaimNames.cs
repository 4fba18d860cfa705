using Sampan.Api;
using Sampan.Api.Core.V1;

namespace Sampan.ApiServer.Registry.Core;

/// <summary>The names of a pod's resource claims, which its containers may use.</summary>
internal sealed class ClaimNames(PodSpec spec)
{
    private readonly HashSet<string> _names = [.. spec.ResourceClaims.OrEmpty().Select(claim => claim.Name).Where(name => name.Length > 0)];

    /// <summary>What is said of a name that is not among them.</summary>
    public string Expected => field ??= "must be one of the names in pod.spec.resourceClaims"
        + (_names.Count == 0 ? " which is empty" : ": " + string.Join(", ", _names.Order(StringComparer.Ordinal)));

    public bool Contains(string name) => _names.Contains(name);
}
