using System.Collections;
using System.Reflection;
using Sampan.Api.ApiExtensions.V1;

namespace Sampan.Api.Tests.Model;

/// <summary>Fills objects of the model with random values, and scrambles what is mutable in them.</summary>
internal sealed class ObjectFiller(int seed)
{
    private const int MaxDepth = 6;

    private readonly Random _random = new(seed);

    public ITyped New(KindInfo kind)
    {
        ITyped value = kind.New();
        Fill(value, 0);
        return value;
    }

    /// <summary>Changes every list, map, byte array and nested object in place.</summary>
    public static void Scramble(object value)
    {
        foreach (PropertyInfo property in value.GetType().GetProperties().Where(p => p.CanWrite))
        {
            switch (property.GetValue(value))
            {
                case string: property.SetValue(value, "scrambled"); break;
                case byte[] bytes: Array.Fill(bytes, (byte)'!'); break;
                case IList list: ScrambleItems(list); list.Clear(); break;
                case IDictionary map: ScrambleItems(map.Values); map.Clear(); break;
                case { } child when IsModel(child.GetType()): Scramble(child); break;
            }
        }
    }

    private static void ScrambleItems(IEnumerable items)
    {
        foreach (object item in items)
        {
            switch (item)
            {
                case byte[] bytes: Array.Fill(bytes, (byte)'!'); break;
                case IList list: list.Clear(); break;
                case { } child when IsModel(child.GetType()): Scramble(child); break;
            }
        }
    }

    private static bool IsModel(Type type) => type.IsClass && type.Assembly == typeof(Kinds).Assembly;

    private void Fill(object value, int depth)
    {
        foreach (PropertyInfo property in value.GetType().GetProperties().Where(p => p.GetCustomAttribute<FieldAttribute>() is { Number: > 0 }))
        {
            bool isRequired = property.GetCustomAttribute<FieldAttribute>()!.Required;
            if (_random.Next(3) > 0 || isRequired)
            {
                property.SetValue(value, Value(property.PropertyType, depth));
            }
        }
    }

    private object? Value(Type type, int depth)
    {
        Type plain = Nullable.GetUnderlyingType(type) ?? type;
        if (plain.IsGenericType && plain.GetGenericTypeDefinition() == typeof(List<>))
        {
            return List(plain, depth);
        }

        if (plain.IsGenericType && plain.GetGenericTypeDefinition() == typeof(Dictionary<,>))
        {
            return Map(plain, depth);
        }

        return Scalar(plain) ?? Message(plain, depth);
    }

    private object? Scalar(Type type) => Type.GetTypeCode(type) switch
    {
        TypeCode.String => Text(),
        TypeCode.Int32 => _random.Next(-5, 100_000),
        TypeCode.Int64 => _random.NextInt64(-5, long.MaxValue),
        TypeCode.Boolean => _random.Next(2) == 0,
        TypeCode.Double => _random.Next(1_000_000) / 64.0,
        _ => type == typeof(byte[]) ? Bytes() : Primitive(type),
    };

    private object? Primitive(Type type) => type.Name switch
    {
        nameof(Time) => new Time(DateTimeOffset.UnixEpoch.AddSeconds(_random.Next())),
        nameof(MicroTime) => new MicroTime(DateTimeOffset.UnixEpoch.AddMicroseconds(_random.NextInt64(1L << 50))),
        nameof(Duration) => (Duration)TimeSpan.FromMilliseconds(_random.Next()),
        nameof(Quantity) => Quantity.FromMilli(_random.Next(100_000)),
        nameof(IntOrString) => _random.Next(2) == 0 ? new IntOrString(_random.Next(100)) : new IntOrString(Text()),
        nameof(RawExtension) => RawExtension.Parse("""{"kind":"Any","n":[1,2.5,null,"é"]}"""),
        nameof(FieldsV1) => FieldsV1.Parse("""{"f:spec":{"f:replicas":{}}}"""),
        nameof(JSON) => JSON.Parse(_random.Next(2) == 0 ? "\"text\"" : """{"a":[true]}"""),
        _ => null,
    };

    private object Message(Type type, int depth)
    {
        if (type == typeof(JSONSchemaPropsOrBool))
        {
            return new JSONSchemaPropsOrBool { Allows = _random.Next(2) == 0 };
        }

        if (type == typeof(JSONSchemaPropsOrArray))
        {
            return new JSONSchemaPropsOrArray { JSONSchemas = [new() { Type = Text() }, new()] };
        }

        if (type == typeof(JSONSchemaPropsOrStringArray))
        {
            return new JSONSchemaPropsOrStringArray { Property = [Text()] };
        }

        object value = Activator.CreateInstance(type)!;
        if (depth < MaxDepth)
        {
            Fill(value, depth + 1);
        }

        return value;
    }

    private IList List(Type type, int depth)
    {
        IList list = (IList)Activator.CreateInstance(type)!;
        for (int count = _random.Next(depth > 3 ? 2 : 3); count > 0; count--)
        {
            list.Add(Value(type.GenericTypeArguments[0], depth));
        }

        return list;
    }

    private IDictionary Map(Type type, int depth)
    {
        IDictionary map = (IDictionary)Activator.CreateInstance(type)!;
        for (int count = _random.Next(4); count > 0; count--)
        {
            map[Text()] = Value(type.GenericTypeArguments[1], depth);
        }

        return map;
    }

    private string Text() => "a\"\\/é漢<\u0001zZ "[_random.Next(5)..] + _random.Next(1000);

    private byte[] Bytes()
    {
        byte[] bytes = new byte[_random.Next(20)];
        _random.NextBytes(bytes);
        return bytes;
    }
}
