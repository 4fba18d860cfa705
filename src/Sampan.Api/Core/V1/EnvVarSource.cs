namespace Sampan.Api.Core.V1;

[ApiType("io.k8s.api.core.v1.EnvVarSource")]
public sealed partial class EnvVarSource : IApiType<EnvVarSource>
{
    [Field("fieldRef", 1)]
    public ObjectFieldSelector? FieldRef { get; set; }

    [Field("resourceFieldRef", 2)]
    public ResourceFieldSelector? ResourceFieldRef { get; set; }

    [Field("configMapKeyRef", 3)]
    public ConfigMapKeySelector? ConfigMapKeyRef { get; set; }

    [Field("secretKeyRef", 4)]
    public SecretKeySelector? SecretKeyRef { get; set; }

    [Field("fileKeyRef", 5)]
    public FileKeySelector? FileKeyRef { get; set; }
}
