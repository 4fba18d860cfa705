namespace Sampan.Api.Core.V1;

/// <summary>What a change of one resource means for a running container.</summary>
[ApiType("io.k8s.api.core.v1.ContainerResizePolicy")]
public sealed partial class ContainerResizePolicy : IApiType<ContainerResizePolicy>
{
    /// <summary>Resource that the rule is about: cpu or memory.</summary>
    [Field("resourceName", 1, Required = true)]
    public string ResourceName { get; set; } = "";

    /// <summary>Whether a change restarts the container: NotRequired (the default) or RestartContainer.</summary>
    [Field("restartPolicy", 2, Required = true)]
    public string RestartPolicy { get; set; } = "";
}
