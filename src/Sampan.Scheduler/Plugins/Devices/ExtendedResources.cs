using Sampan.Api.Resource.V1;
using Sampan.Client.Pods;
using Sampan.Scheduler.Cache;

namespace Sampan.Scheduler.Plugins.Devices;

/// <summary>
/// The extended resources that device classes stand for: <c>deviceclass.resource.kubernetes.io/CLASS</c> always, and the
/// name that the class gives. Of classes that give the same one the newest counts.
/// </summary>
internal sealed class ExtendedResources(KeptObjects<DeviceClass> classes)
{
    private Dictionary<string, DeviceClass> _byName = [];
    private long _version = -1;

    public static ExtendedResources Of(ClusterObjects objects) => objects.Derive(static all => new ExtendedResources(all.Of<DeviceClass>()));

    public DeviceClass? ClassOf(string resource) =>
        resource.StartsWith(ExtendedResourceNames.DeviceClassPrefix, StringComparison.Ordinal) ? classes.Find(resource[ExtendedResourceNames.DeviceClassPrefix.Length..]) : ByName().GetValueOrDefault(resource);

    /// <summary>Whether devices have to serve the resource on a node: the node itself offers none of it.</summary>
    public bool IsDelegated(string resource, Resources allocatable) => allocatable[resource] == 0 && ClassOf(resource) is not null;

    /// <summary>Whether the resource can be a class's.</summary>
    public static bool IsName(string resource) => ResourceNames.IsExtended(resource) || resource.StartsWith(ExtendedResourceNames.DeviceClassPrefix, StringComparison.Ordinal);

    public static bool StandsFor(DeviceClass deviceClass, string resource) =>
        resource == deviceClass.Spec.ExtendedResourceName || resource == ExtendedResourceNames.DeviceClassPrefix + deviceClass.Metadata.Name;

    private Dictionary<string, DeviceClass> ByName()
    {
        if (_version == classes.Version) return _byName;
        _byName = classes.All.Where(c => c.Spec.ExtendedResourceName is { Length: > 0 }).GroupBy(c => c.Spec.ExtendedResourceName!)
            .ToDictionary(group => group.Key, group => group.OrderByDescending(c => c.Metadata.CreationTimestamp).ThenBy(c => c.Metadata.Name, StringComparer.Ordinal).First());
        _version = classes.Version;
        return _byName;
    }
}
