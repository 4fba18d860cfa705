namespace Sampan.Api.Core.V1;

[ApiType("io.k8s.api.core.v1.ExecAction")]
public sealed partial class ExecAction : IApiType<ExecAction>
{
    [Field("command", 1, ListType = "atomic")]
    public List<string>? Command { get; set; }
}
