using Sampan.Api;
using Sampan.Api.Resource.V1;

namespace Sampan.ApiServer.Registry.Resource;

/// <summary>Device classes.</summary>
internal sealed class DeviceClassStrategy() : SpecStatusStrategy<DeviceClass>(Parts)
{
    private static readonly SpecStatus<DeviceClass> Parts = new(
        (_, _) => { }, (_, _) => { }, _ => { }, (a, b) => a.Spec.DeepEquals(b.Spec));

    public override bool ReturnDeletedObject => true;

    protected override void Validate(WriteContext context, DeviceClass deviceClass, FieldErrors errors)
    {
        var (spec, path) = (deviceClass.Spec, FieldPath.Of("spec"));
        DeviceChecks.Selectors(spec.Selectors, path.Child("selectors"), errors);
        DeviceChecks.Each(
            spec.Config, DeviceChecks.MaxConfigurations, path.Child("config"), errors,
            (config, at) => DeviceChecks.Configuration(config.Opaque, at, errors));
        if (spec.ExtendedResourceName is { } name && !IsExtendedResource(name))
        {
            errors.Invalid(path.Child("extendedResourceName"), name, "must be a valid extended resource name");
        }
    }

    /// <summary>A domain of somebody's own, which quotas can also name.</summary>
    private static bool IsExtendedResource(string name) =>
        name.Contains('/', StringComparison.Ordinal)
        && !name.Contains("kubernetes.io/", StringComparison.Ordinal)
        && !name.StartsWith("requests.", StringComparison.Ordinal)
        && Names.IsQualifiedName($"requests.{name}").Count == 0;
}
