using Sampan.Api;
using Sampan.Api.Autoscaling.V1;

namespace Sampan.ApiServer.Registry;

/// <summary>How a kind shows itself as a Scale, and what a Scale changes in it.</summary>
internal abstract class ScaleStrategy
{
    public abstract Scale ToScale(IObject obj);

    public abstract void SetReplicas(IObject obj, int replicas);

    /// <summary>Metadata that every Scale takes from its object.</summary>
    protected static Scale Scale(IObject obj, int wanted, int present, string? selector) => new()
    {
        Metadata = new()
        {
            Name = obj.Metadata.Name,
            Namespace = obj.Metadata.Namespace,
            Uid = obj.Metadata.Uid,
            ResourceVersion = obj.Metadata.ResourceVersion,
            CreationTimestamp = obj.Metadata.CreationTimestamp,
        },
        Spec = new() { Replicas = wanted },
        Status = new() { Replicas = present, Selector = selector },
    };
}
