namespace Sampan.Api.Core.V1;

/// <summary>A command to run inside a container; exit code 0 means success.</summary>
[ApiType("io.k8s.api.core.v1.ExecAction")]
public sealed partial class ExecAction : IApiType<ExecAction>
{
    /// <summary>
    /// Program and its arguments, run in the container's filesystem without a shell; name a shell yourself if one is needed.
    /// </summary>
    [Field("command", 1, ListType = "atomic")]
    public List<string>? Command { get; set; }
}
