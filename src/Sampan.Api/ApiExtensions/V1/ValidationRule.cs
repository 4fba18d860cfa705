namespace Sampan.Api.ApiExtensions.V1;

[ApiType("io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.ValidationRule")]
public sealed partial class ValidationRule : IApiType<ValidationRule>
{
    [Field("rule", 1, Required = true)]
    public string Rule { get; set; } = "";

    [Field("message", 2)]
    public string? Message { get; set; }

    [Field("messageExpression", 3)]
    public string? MessageExpression { get; set; }

    [Field("reason", 4, Pointer = true)]
    public string? Reason { get; set; }

    [Field("fieldPath", 5)]
    public string? FieldPath { get; set; }

    [Field("optionalOldSelf", 6)]
    public bool? OptionalOldSelf { get; set; }
}
