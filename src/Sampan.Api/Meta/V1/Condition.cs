namespace Sampan.Api.Meta.V1;

/// <summary>One observation of an object's state, true, false or unknown, with its reason.</summary>
[ApiType("io.k8s.apimachinery.pkg.apis.meta.v1.Condition")]
public sealed partial class Condition : IApiType<Condition>
{
    /// <summary>What the condition is about, in CamelCase or as domain/CamelCase; unique within its list.</summary>
    [Field("type", 1, Required = true)]
    public string Type { get; set; } = "";

    /// <summary>True, False or Unknown.</summary>
    [Field("status", 2, Required = true)]
    public string Status { get; set; } = "";

    /// <summary>
    /// The generation of the object that was looked at; an older one than the object's says the condition may be out of date.
    /// </summary>
    [Field("observedGeneration", 3)]
    public long ObservedGeneration { get; set; }

    /// <summary>When the status last changed.</summary>
    [Field("lastTransitionTime", 4, Required = true)]
    public Time? LastTransitionTime { get; set; }

    /// <summary>Why, as one CamelCase word for machines; never empty.</summary>
    [Field("reason", 5, Required = true)]
    public string Reason { get; set; } = "";

    /// <summary>Why, in words for people; may be empty.</summary>
    [Field("message", 6, Required = true)]
    public string Message { get; set; } = "";
}
