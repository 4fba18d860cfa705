using System.Globalization;
using Sampan.Api;

namespace Sampan.ApiServer.Watch;

/// <summary>
/// One version of one object: its JSON with the resourceVersion in place, its typed view decoded at most once, and the other forms
/// clients ask for (protobuf, tables, other API versions) made at most once. All of it is shared and never changes.
/// <code>
/// stored:  {"apiVersion":"v1","kind":"Pod","metadata":{                        "name":"web",…
/// cached:  {"apiVersion":"v1","kind":"Pod","metadata":{"resourceVersion":"42","name":"web",…
/// </code>
/// </summary>
internal sealed class CachedObject : IKeyed
{
    private readonly int _spliceStart;
    private readonly int _spliceLength;
    private IObject? _object;
    private IReadOnlyList<string>? _fields;
    private FormNode? _forms;
    private bool _viewAsked;
    private bool _formsAsked;

    private CachedObject(KindInfo kind, string key, long revision, ReadOnlyMemory<byte> json, int spliceStart, int spliceLength, IObject? view)
    {
        Kind = kind;
        Key = key;
        Revision = revision;
        Json = json;
        _spliceStart = spliceStart;
        _spliceLength = spliceLength;
        _object = view;
    }

    public KindInfo Kind { get; }

    /// <summary>The key in the store; empty for an object that is not stored as it is.</summary>
    public string Key { get; }

    /// <summary>The resourceVersion; 0 for the result of a dry run, which has none.</summary>
    public long Revision { get; }

    /// <summary>The object in the wire form, ready to be sent.</summary>
    public ReadOnlyMemory<byte> Json { get; }

    /// <summary>The wire form without "{" and the type: what follows a "{" to be an item of a typed list.</summary>
    public ReadOnlyMemory<byte> JsonAfterType => Json[ResourceVersionSplice.MetadataStart(_spliceStart)..];

    /// <summary>The typed view. Shared: clone it before changing anything.</summary>
    public IObject Object
    {
        get
        {
            if (!_viewAsked)
            {
                _viewAsked = true;
            }
            return Volatile.Read(ref _object) ?? Decode();
        }
    }

    public string Namespace => NamespaceSpan.ToString();

    public string Name => NameSpan.ToString();

    /// <summary>The namespace without making a string; empty for a cluster-scoped object.</summary>
    public ReadOnlySpan<char> NamespaceSpan => Kind.Namespaced && Key.Length > 0 ? NamespaceOfKey() : Object.Metadata.Namespace;

    public ReadOnlySpan<char> NameSpan => Key.Length > 0 ? Key.AsSpan(Key.LastIndexOf('/') + 1) : Object.Metadata.Name;

    /// <summary>Whether these stored bytes (without resourceVersion) are this version's content.</summary>
    public bool HasContent(ReadOnlySpan<byte> stored)
    {
        var json = Json.Span;
        return json.Length - _spliceLength == stored.Length
            && json[.._spliceStart].SequenceEqual(stored[.._spliceStart])
            && json[(_spliceStart + _spliceLength)..].SequenceEqual(stored[_spliceStart..]);
    }

    /// <summary>A version from its stored bytes. A view given here must have no other owner; it gets the resourceVersion.</summary>
    public static CachedObject Create(KindInfo kind, long revision, ReadOnlyMemory<byte> stored, IObject? view = null, string key = "")
    {
        var start = ResourceVersionSplice.Find(stored.Span);
        var (json, length) = ResourceVersionSplice.Insert(stored, start, revision);
        if (view is not null && revision > 0)
        {
            view.Metadata.ResourceVersion = revision.ToString(CultureInfo.InvariantCulture);
        }

        return new CachedObject(kind, key, revision, json, start, length, view);
    }

    /// <summary>The same content under another resourceVersion: what watchers see of a deletion.</summary>
    public CachedObject WithRevision(long revision)
    {
        var json = Json.Span;
        var (other, length) = ResourceVersionSplice.Insert(json[.._spliceStart], json[(_spliceStart + _spliceLength)..], revision);
        return new CachedObject(Kind, Key, revision, other, _spliceStart, length, null);
    }

    /// <summary>The values of the kind's selectable fields, taken from the typed view once.</summary>
    public IReadOnlyList<string> Fields(SelectableFields selectable) => _fields ??= selectable.ValuesOf(Object);

    /// <summary>Another form of this version, made at the first call for its key.</summary>
    public TForm Form<TForm>(object key, Func<CachedObject, TForm> make)
        where TForm : class
    {
        if (!_formsAsked)
        {
            _formsAsked = true;
        }
        for (var node = Volatile.Read(ref _forms); node is not null; node = node.Next)
        {
            if (node.Key.Equals(key))
            {
                return (TForm)node.Value;
            }
        }

        var made = make(this);
        FormNode? head;
        do
        {
            head = Volatile.Read(ref _forms);
        }
        while (Interlocked.CompareExchange(ref _forms, new FormNode(key, made, head), head) != head);
        return made;
    }

    /// <summary>Forgets what nobody asked for since the last call: everything but the JSON can be made again.</summary>
    public void Age()
    {
        if (!_formsAsked)
        {
            DropForms();
        }
        if (!_viewAsked)
        {
            Volatile.Write(ref _object, null);
        }
        (_formsAsked, _viewAsked) = (false, false);
    }

    /// <summary>For a version that is replaced: who still reads it has its bytes.</summary>
    public void DropForms() => Volatile.Write(ref _forms, null);

    private ReadOnlySpan<char> NamespaceOfKey()
    {
        var end = Key.LastIndexOf('/');
        return Key.AsSpan()[(Key.LastIndexOf('/', end - 1) + 1)..end];
    }

    private IObject Decode()
    {
        var decoded = Kind.DecodeJson(Json.Span);
        return Interlocked.CompareExchange(ref _object, decoded, null) ?? decoded;
    }

    private sealed record FormNode(object Key, object Value, FormNode? Next);
}
