namespace Sampan.Api.ApiExtensions.V1;

/// <summary>One aspect of a CustomResourceDefinition's state.</summary>
[ApiType("io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceDefinitionCondition")]
public sealed partial class CustomResourceDefinitionCondition : IApiType<CustomResourceDefinitionCondition>
{
    /// <summary>Established, NamesAccepted, NonStructuralSchema, Terminating or another aspect.</summary>
    [Field("type", 1, Required = true)]
    public string Type { get; set; } = "";

    /// <summary>Whether the aspect holds: True, False or Unknown.</summary>
    [Field("status", 2, Required = true)]
    public string Status { get; set; } = "";

    /// <summary>When the status last became another.</summary>
    [Field("lastTransitionTime", 3)]
    public Time? LastTransitionTime { get; set; }

    /// <summary>One word in CamelCase on why the status is what it is, such as NoConflicts.</summary>
    [Field("reason", 4)]
    public string? Reason { get; set; }

    /// <summary>Explanation of the status for people.</summary>
    [Field("message", 5)]
    public string? Message { get; set; }

    /// <summary>Generation of the definition that the condition describes.</summary>
    [Field("observedGeneration", 6)]
    public long ObservedGeneration { get; set; }
}
