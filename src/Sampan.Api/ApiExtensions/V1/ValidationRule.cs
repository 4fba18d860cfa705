namespace Sampan.Api.ApiExtensions.V1;

/// <summary>A CEL rule for a part of a custom object.</summary>
[ApiType("io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.ValidationRule")]
public sealed partial class ValidationRule : IApiType<ValidationRule>
{
    /// <summary>
    /// CEL expression that must be true; self is the value at this place, and a rule that uses oldSelf runs on updates only.
    /// </summary>
    [Field("rule", 1, Required = true)]
    public string Rule { get; set; } = "";

    /// <summary>Error text without line breaks; required if the rule has some, otherwise it defaults to quoting the rule.</summary>
    [Field("message", 2)]
    public string? Message { get; set; }

    /// <summary>CEL expression that composes the error text and takes precedence over the fixed one.</summary>
    [Field("messageExpression", 3)]
    public string? MessageExpression { get; set; }

    /// <summary>Kind of error: FieldValueInvalid (default), FieldValueForbidden, FieldValueRequired or FieldValueDuplicate.</summary>
    [Field("reason", 4, Pointer = true)]
    public string? Reason { get; set; }

    /// <summary>Field the error is reported at, relative to this place, such as .spec.min; no numeric indexes.</summary>
    [Field("fieldPath", 5)]
    public string? FieldPath { get; set; }

    /// <summary>True runs a rule with oldSelf on creation as well, where oldSelf is an optional without a value.</summary>
    [Field("optionalOldSelf", 6)]
    public bool? OptionalOldSelf { get; set; }
}
