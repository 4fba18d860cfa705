using Sampan.Api;
using Sampan.Api.Autoscaling.V1;

namespace Sampan.ApiServer.Registry;

/// <summary>Short ways to describe resources.</summary>
internal static class ResourceDescriptors
{
    /// <summary>A kind with rules and no subresources.</summary>
    public static ResourceDescriptor Of<T>(Strategy<T> strategy)
        where T : class, IObject<T> => new(T.Info, strategy);

    /// <summary>A kind with a spec and a status part.</summary>
    public static ResourceDescriptor WithStatus<T>(SpecStatusStrategy<T> strategy)
        where T : class, IObject<T> => new ResourceDescriptor(T.Info, strategy).With("status", new PartSubresource(strategy.Status));

    /// <summary>A kind with a spec and a status and no rules of its own.</summary>
    public static ResourceDescriptor WithStatus<T>(
        Action<T, T> copySpec, Action<T, T> copyStatus, Action<T> clearStatus, Func<T, T, bool> sameSpec, bool hasGeneration = false)
        where T : class, IObject<T> =>
        WithStatus(new SpecStatusStrategy<T>(new SpecStatus<T>(copySpec, copyStatus, clearStatus, sameSpec), hasGeneration));

    public static ResourceDescriptor With(this ResourceDescriptor resource, string name, Subresource subresource) => resource with
    {
        Subresources = new Dictionary<string, Subresource>(resource.Subresources) { [name] = subresource },
    };

    public static ResourceDescriptor WithScale(this ResourceDescriptor resource, ScaleStrategy strategy) =>
        resource.With("scale", new ScaleSubresource(Scale.Info, strategy));
}
