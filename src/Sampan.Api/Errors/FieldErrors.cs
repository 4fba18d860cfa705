using System.Collections;

namespace Sampan.Api;

/// <summary>
/// The refused fields of one object, in the order in which they were found. The first of them are kept and told, the others only
/// counted, so that an answer stays small however much is wrong.
/// </summary>
public sealed class FieldErrors : IEnumerable<FieldError>
{
    /// <summary>The most errors that are told.</summary>
    public const int MaxKept = 1000;

    /// <summary>The most characters of errors that are told, beside those of the first.</summary>
    private const int MaxText = 1024 * 1024;

    private readonly List<FieldError> _errors = [];

    /// <summary>How many were found.</summary>
    public int Count { get; private set; }

    public bool Any => Count > 0;

    public FieldError this[int index] => _errors[index];

    public void Add(FieldError error)
    {
        if (Count++ < MaxKept)
        {
            _errors.Add(error);
        }
    }

    public void AddRange(FieldErrors errors)
    {
        AddRange(errors._errors);
        Count += errors.Count - errors._errors.Count;
    }

    public void AddRange(IEnumerable<FieldError> errors)
    {
        foreach (FieldError error in errors)
        {
            Add(error);
        }
    }

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

    public void NotSupported(FieldPath? path, object? value, params IEnumerable<string> supported) => Add(FieldError.NotSupported(path, value, supported));

    public void Duplicate(FieldPath? path, object? value) => Add(FieldError.Duplicate(path, value));

    public void Forbidden(FieldPath? path, string detail) => Add(FieldError.Forbidden(path, detail));

    public void NotFound(FieldPath? path, object? value) => Add(FieldError.NotFound(path, value));

    public void TooLong(FieldPath? path, int maxBytes) => Add(FieldError.TooLong(path, maxBytes));

    public void TooMany(FieldPath? path, int actual, int max) => Add(FieldError.TooMany(path, actual, max));

    public void InternalError(FieldPath? path, string message) => Add(FieldError.InternalError(path, message));

    /// <summary>The first errors, of which each is rendered once: as many as an answer tells.</summary>
    public IReadOnlyList<(FieldError Error, string Body)> Told()
    {
        List<(FieldError Error, string Body)> told = [];
        int text = 0;
        foreach (FieldError error in _errors)
        {
            string body = error.Body;
            text += told.Count == 0 ? 0 : body.Length;
            if (text > MaxText)
            {
                break;
            }

            told.Add((error, body));
        }

        return told;
    }

    /// <summary>One message for all: the error itself when it is alone, else a list in brackets, each text once.</summary>
    public string Message(IReadOnlyList<(FieldError Error, string Body)> told)
    {
        IEnumerable<string> texts = told.Select(one => $"{one.Error.Field}: {one.Body}").Distinct(StringComparer.Ordinal);
        string[] all = told.Count == Count ? [.. texts] : [.. texts, $"and {Count - told.Count} more"];
        return all.Length == 1 ? all[0] : $"[{string.Join(", ", all)}]";
    }

    public IEnumerator<FieldError> GetEnumerator() => _errors.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public override string ToString() => Message(Told());
}
