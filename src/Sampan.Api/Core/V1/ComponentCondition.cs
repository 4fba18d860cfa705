namespace Sampan.Api.Core.V1;

/// <summary>What a probe found out about the health of a control plane component.</summary>
[ApiType("io.k8s.api.core.v1.ComponentCondition")]
public sealed partial class ComponentCondition : IApiType<ComponentCondition>
{
    /// <summary>Aspect that was checked; always Healthy.</summary>
    [Field("type", 1, Required = true)]
    public string Type { get; set; } = "";

    /// <summary>Outcome of the check: True, False or Unknown.</summary>
    [Field("status", 2, Required = true)]
    public string Status { get; set; } = "";

    /// <summary>What the component answered, in words.</summary>
    [Field("message", 3)]
    public string? Message { get; set; }

    /// <summary>What went wrong with the check, as a code or text; empty if it passed.</summary>
    [Field("error", 4)]
    public string? Error { get; set; }
}
