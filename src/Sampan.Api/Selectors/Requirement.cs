using System.Globalization;

namespace Sampan.Api.Selectors;

/// <summary>One condition of a label selector.</summary>
public sealed class Requirement
{
    public Requirement(string key, SelectorOperator op, IReadOnlyList<string> values)
    {
        Key = key;
        Operator = op;
        Values = [.. values.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }

    public string Key { get; }

    public SelectorOperator Operator { get; }

    /// <summary>The values, sorted.</summary>
    public IReadOnlyList<string> Values { get; }

    /// <summary>A requirement that passed upstream's checks; a <see cref="SelectorFormatException"/> otherwise.</summary>
    public static Requirement Create(string key, SelectorOperator op, IReadOnlyList<string> values)
    {
        FieldErrors errors = new();
        Validate(errors, key, op, values);
        return errors.Any ? throw new SelectorFormatException(errors.ToString()) : new Requirement(key, op, values);
    }

    public bool Matches(IReadOnlyDictionary<string, string>? labels)
    {
        string? value = null;
        bool has = labels is not null && labels.TryGetValue(Key, out value);
        return Operator switch
        {
            SelectorOperator.Equals or SelectorOperator.In => has && HasValue(value!),
            SelectorOperator.NotEquals or SelectorOperator.NotIn => !has || !HasValue(value!),
            SelectorOperator.Exists => has,
            SelectorOperator.DoesNotExist => !has,
            _ => has && Compares(value!),
        };
    }

    // A plain loop: selectors run over every object of a list.
    private bool HasValue(string value)
    {
        for (int i = 0; i < Values.Count; i++)
        {
            if (Values[i] == value)
            {
                return true;
            }
        }

        return false;
    }

    public override string ToString() => Operator switch
    {
        SelectorOperator.Exists => Key,
        SelectorOperator.DoesNotExist => "!" + Key,
        SelectorOperator.Equals => $"{Key}={Values[0]}",
        SelectorOperator.NotEquals => $"{Key}!={Values[0]}",
        SelectorOperator.GreaterThan => $"{Key}>{Values[0]}",
        SelectorOperator.LessThan => $"{Key}<{Values[0]}",
        SelectorOperator.In => $"{Key} in ({string.Join(',', Values)})",
        _ => $"{Key} notin ({string.Join(',', Values)})",
    };

    private static void Validate(FieldErrors errors, string key, SelectorOperator op, IReadOnlyList<string> values)
    {
        Check(errors, FieldPath.Of("key"), key, Names.IsQualifiedName(key));
        FieldPath path = FieldPath.Of("values");
        ValidateCount(errors, path, op, values);
        for (int i = 0; i < values.Count; i++)
        {
            if (op is SelectorOperator.GreaterThan or SelectorOperator.LessThan && ParseInteger(values[i]) is null)
            {
                errors.Invalid(path.Index(i), values[i], "for 'Gt', 'Lt' operators, the value must be an integer");
            }

            Check(errors, path.Index(i).Key(key), values[i], Names.IsLabelValue(values[i]));
        }
    }

    private static void ValidateCount(FieldErrors errors, FieldPath path, SelectorOperator op, IReadOnlyList<string> values)
    {
        string? problem = op switch
        {
            SelectorOperator.In or SelectorOperator.NotIn when values.Count == 0 => "for 'in', 'notin' operators, values set can't be empty",
            SelectorOperator.Equals or SelectorOperator.NotEquals when values.Count != 1 => "exact-match compatibility requires one single value",
            SelectorOperator.Exists or SelectorOperator.DoesNotExist when values.Count != 0 => "values set must be empty for exists and does not exist",
            SelectorOperator.GreaterThan or SelectorOperator.LessThan when values.Count != 1 => "for 'Gt', 'Lt' operators, exactly one value is required",
            _ => null,
        };
        if (problem is not null)
        {
            errors.Invalid(path, values, problem);
        }
    }

    private static void Check(FieldErrors errors, FieldPath path, string value, IReadOnlyList<string> problems)
    {
        if (problems.Count > 0)
        {
            errors.Invalid(path, value, string.Join("; ", problems));
        }
    }

    private static long? ParseInteger(string text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number) ? number : null;

    private bool Compares(string value)
    {
        if (ParseInteger(value) is not { } number || Values.Count != 1 || ParseInteger(Values[0]) is not { } bound)
        {
            return false;
        }

        return Operator == SelectorOperator.GreaterThan ? number > bound : number < bound;
    }
}
