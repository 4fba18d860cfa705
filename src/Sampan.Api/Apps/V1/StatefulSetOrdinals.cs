namespace Sampan.Api.Apps.V1;

[ApiType("io.k8s.api.apps.v1.StatefulSetOrdinals")]
public sealed partial class StatefulSetOrdinals : IApiType<StatefulSetOrdinals>
{
    [Field("start", 1, Always = true, Default = "0")]
    public int Start { get; set; }
}
