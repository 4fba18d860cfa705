namespace Sampan.Api.Core.V1;

/// <summary>An environment variable of a container.</summary>
[ApiType("io.k8s.api.core.v1.EnvVar")]
public sealed partial class EnvVar : IApiType<EnvVar>
{
    /// <summary>What the variable is called; printable ASCII without the equals sign.</summary>
    [Field("name", 1, Required = true)]
    public string Name { get; set; } = "";

    /// <summary>
    /// The variable's text, in which $(OTHER) stands for an earlier variable and $$ for a dollar sign; empty when absent.
    /// </summary>
    [Field("value", 2)]
    public string? Value { get; set; }

    /// <summary>Where the text comes from instead; excludes a value given here.</summary>
    [Field("valueFrom", 3)]
    public EnvVarSource? ValueFrom { get; set; }
}
