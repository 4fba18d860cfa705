namespace Sampan.Api.Core.V1;

/// <summary>Where the value of an environment variable comes from; exactly one of the fields is set.</summary>
[ApiType("io.k8s.api.core.v1.EnvVarSource")]
public sealed partial class EnvVarSource : IApiType<EnvVarSource>
{
    /// <summary>Takes a field of the pod, such as metadata.name, spec.nodeName or status.podIP.</summary>
    [Field("fieldRef", 1)]
    public ObjectFieldSelector? FieldRef { get; set; }

    /// <summary>Takes a request or limit of a container, for cpu, memory or ephemeral-storage.</summary>
    [Field("resourceFieldRef", 2)]
    public ResourceFieldSelector? ResourceFieldRef { get; set; }

    /// <summary>Takes one entry of a ConfigMap.</summary>
    [Field("configMapKeyRef", 3)]
    public ConfigMapKeySelector? ConfigMapKeyRef { get; set; }

    /// <summary>Takes one entry of a Secret.</summary>
    [Field("secretKeyRef", 4)]
    public SecretKeySelector? SecretKeyRef { get; set; }

    /// <summary>Takes one variable from an env file that lies in a volume of the pod.</summary>
    [Field("fileKeyRef", 5)]
    public FileKeySelector? FileKeyRef { get; set; }
}
