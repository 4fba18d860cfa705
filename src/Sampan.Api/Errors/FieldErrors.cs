using System.Collections;

namespace Sampan.Api;

/// <summary>The refused fields of one object, in the order in which they were found.</summary>
public sealed class FieldErrors : IReadOnlyList<FieldError>
{
    private readonly List<FieldError> _errors = [];

    public int Count => _errors.Count;

    public bool Any => _errors.Count > 0;

    public FieldError this[int index] => _errors[index];

    public void Add(FieldError error) => _errors.Add(error);

    public void AddRange(IEnumerable<FieldError> errors) => _errors.AddRange(errors);

    public void Required(FieldPath? path, string detail = "") => Add(FieldError.Required(path, detail));

    public void Invalid(FieldPath? path, object? value, string detail) => Add(FieldError.Invalid(path, value, detail));

    /// <summary>One error per message, as for the answers of <see cref="Names"/>.</summary>
    public void Invalid(FieldPath? path, object? value, IEnumerable<string> details)
    {
        foreach (string detail in details)
        {
            Invalid(path, value, detail);
        }
    }

    public void TypeInvalid(FieldPath? path, object? value, string detail) => Add(FieldError.TypeInvalid(path, value, detail));

    public void NotSupported(FieldPath? path, object? value, params IEnumerable<string> supported) =>
        Add(FieldError.NotSupported(path, value, supported));

    public void Duplicate(FieldPath? path, object? value) => Add(FieldError.Duplicate(path, value));

    public void Forbidden(FieldPath? path, string detail) => Add(FieldError.Forbidden(path, detail));

    public void NotFound(FieldPath? path, object? value) => Add(FieldError.NotFound(path, value));

    public void TooLong(FieldPath? path, int maxBytes) => Add(FieldError.TooLong(path, maxBytes));

    public void TooMany(FieldPath? path, int actual, int max) => Add(FieldError.TooMany(path, actual, max));

    public void InternalError(FieldPath? path, string message) => Add(FieldError.InternalError(path, message));

    public IEnumerator<FieldError> GetEnumerator() => _errors.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>One message for all: the error itself when it is alone, else a list in brackets, each text once.</summary>
    public override string ToString()
    {
        string[] texts = [.. _errors.Select(error => error.ToString()).Distinct(StringComparer.Ordinal)];
        return texts.Length == 1 ? texts[0] : $"[{string.Join(", ", texts)}]";
    }
}
