namespace Sampan.Api;

/// <summary>The two spellings of an error type: for machines in a status cause, for people in its message.</summary>
internal static class FieldErrorTypeExtensions
{
    public static string ToCauseType(this FieldErrorType type) =>
        type == FieldErrorType.InternalError ? "InternalError" : $"FieldValue{type}";

    public static string ToTitle(this FieldErrorType type) => type switch
    {
        FieldErrorType.Required => "Required value",
        FieldErrorType.NotSupported => "Unsupported value",
        FieldErrorType.Duplicate => "Duplicate value",
        FieldErrorType.Forbidden => "Forbidden",
        FieldErrorType.NotFound => "Not found",
        FieldErrorType.TooLong => "Too long",
        FieldErrorType.TooMany => "Too many",
        FieldErrorType.InternalError => "Internal error",
        _ => "Invalid value",
    };
}
