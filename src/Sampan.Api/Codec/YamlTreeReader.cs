using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Sampan.Api.Codec;

/// <summary>Builds JSON nodes from the events of a YAML stream. An alias becomes a copy of what its anchor marks.</summary>
internal sealed class YamlTreeReader
{
    private const int MaxDepth = 500;

    // Aliases of aliases grow without bound ("billion laughs"); no real document comes near this.
    private const int MaxNodes = 2_000_000;

    private readonly Parser _parser;
    private readonly JsonReadContext? _context;
    private readonly Dictionary<AnchorName, (JsonNode? Node, int Size)> _anchors = [];
    private readonly List<string> _duplicates = [];
    private int _nodes;
    private int _depth;

    public YamlTreeReader(string yaml, JsonReadContext? context)
    {
        _parser = new Parser(new Scanner(new StringReader(yaml), skipComments: true));
        _context = context;
    }

    public List<JsonNode> ReadDocuments(int most)
    {
        List<JsonNode> documents = [];
        _parser.Consume<StreamStart>();
        while (documents.Count < most && _parser.TryConsume<DocumentStart>(out _))
        {
            _anchors.Clear();
            if (ReadNode() is { } document)
            {
                documents.Add(document);
            }

            _parser.Consume<DocumentEnd>();
        }

        if (_duplicates.Count > 0)
        {
            _context?.AddError($"yaml: unmarshal errors:\n{string.Join('\n', _duplicates)}");
        }

        return documents;
    }

    private JsonNode? ReadNode()
    {
        if (_parser.Current is AnchorAlias)
        {
            return Copy(_parser.Consume<AnchorAlias>());
        }

        int before = _nodes;
        Count(1, _parser.Current!.Start);
        (JsonNode? node, AnchorName anchor) = _parser.Current switch
        {
            MappingStart start => (ReadMapping(start), start.Anchor),
            SequenceStart start => (ReadSequence(start), start.Anchor),
            _ => ReadScalar(_parser.Consume<Scalar>()),
        };
        if (!anchor.IsEmpty)
        {
            _anchors[anchor] = (node, _nodes - before);
        }

        return node;
    }

    private static (JsonNode? Node, AnchorName Anchor) ReadScalar(Scalar scalar) => (YamlScalars.ToNode(scalar), scalar.Anchor);

    private JsonNode? Copy(AnchorAlias alias)
    {
        if (!_anchors.TryGetValue(alias.Value, out (JsonNode? Node, int Size) anchored))
        {
            throw new YamlException(alias.Start, alias.End, $"unknown anchor '{alias.Value}' referenced");
        }

        Count(anchored.Size, alias.Start);
        return anchored.Node?.DeepClone();
    }

    private JsonArray ReadSequence(SequenceStart start)
    {
        _parser.Consume<SequenceStart>();
        Deepen(start.Start);
        JsonArray array = [];
        while (!_parser.TryConsume<SequenceEnd>(out _))
        {
            array.Add(ReadNode());
        }

        _depth--;
        return array;
    }

    private JsonObject ReadMapping(MappingStart start)
    {
        _parser.Consume<MappingStart>();
        Deepen(start.Start);
        JsonObject map = [];
        List<JsonNode?> merged = [];
        while (!_parser.TryConsume<MappingEnd>(out _))
        {
            ReadEntry(map, merged);
        }

        foreach (JsonNode? source in merged)
        {
            Merge(map, source, start.Start);
        }

        _depth--;
        return map;
    }

    private void ReadEntry(JsonObject map, List<JsonNode?> merged)
    {
        Mark place = _parser.Current!.Start;
        bool merges = _parser.Current is Scalar { Value: "<<", Style: ScalarStyle.Plain };
        string key = YamlScalars.ToKey(ReadNode(), place);
        if (!merges && map.ContainsKey(key))
        {
            _duplicates.Add($"  line {place.Line}: key {GoText.Quote(key)} already set in map");
        }

        JsonNode? value = ReadNode();
        if (merges)
        {
            merged.Add(value);
        }
        else
        {
            map[key] = value;
        }
    }

    // "<<" adds what is not there, from one mapping or several, the first of which wins.
    private static void Merge(JsonObject map, JsonNode? source, Mark place)
    {
        switch (source)
        {
            case JsonObject other:
                foreach ((string key, JsonNode? value) in other)
                {
                    map.TryAdd(key, value?.DeepClone());
                }

                break;
            case JsonArray several:
                foreach (JsonNode? item in several)
                {
                    Merge(map, item is JsonObject ? item : null, place);
                }

                break;
            default:
                throw new YamlException(place, place, "map merge requires map or sequence of maps as the value");
        }
    }

    private void Deepen(Mark place)
    {
        if (++_depth > MaxDepth)
        {
            throw new YamlException(place, place, $"exceeded max depth of {MaxDepth}");
        }
    }

    private void Count(int nodes, Mark place)
    {
        _nodes += nodes;
        if (_nodes > MaxNodes)
        {
            throw new YamlException(place, place, "document contains excessive aliasing");
        }
    }
}
