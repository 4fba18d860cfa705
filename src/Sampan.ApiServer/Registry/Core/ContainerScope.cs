using Sampan.Api;
using Sampan.Api.Core.V1;

namespace Sampan.ApiServer.Registry.Core;

/// <summary>What the rules of a container look at around it.</summary>
/// <param name="Spec">The pod that it is part of.</param>
/// <param name="Volumes">The pod's valid volumes by name.</param>
/// <param name="Claims">The names of the pod's resource claims.</param>
/// <param name="IsPod">False in a template, where some things may still be open.</param>
/// <param name="Errors">Where complaints go.</param>
internal sealed record ContainerScope(
    PodSpec Spec, IReadOnlyDictionary<string, Volume> Volumes, ClaimNames Claims, bool IsPod, FieldErrors Errors)
{
    /// <summary>All the pod's volumes, right or wrong.</summary>
    public ILookup<string, Volume> AllVolumes => field ??= Spec.Volumes.OrEmpty().ToLookup(volume => volume.Name);

    /// <summary>Whether the pod's users are the host's.</summary>
    public bool SharesUsers => Spec.HostUsers != false;
}
