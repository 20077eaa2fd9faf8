<?php

use Psr\Http\Message\ResponseInterface as Response;
use Psr\Http\Message\ServerRequestInterface as Request;
use Slim\Factory\AppFactory;

session_start();
$app = AppFactory::create();
$pdo = new PDO('sqlite:depot.db');

// ruleid: missing-csrf-protection
$app->post('/parcels', function (Request $request, Response $response) use ($pdo) {
    if (!isset($_SESSION['user_id'])) {
        return $response->withStatus(401);
    }
    $data = $request->getParsedBody();
    $statement = $pdo->prepare('INSERT INTO parcels (note, owner_id) VALUES (?, ?)');
    $statement->execute([$data['note'], $_SESSION['user_id']]);
    return $response;
});

// ok: missing-csrf-protection
$app->post('/checked', function (Request $request, Response $response) use ($pdo) {
    $data = $request->getParsedBody();
    if (!isset($_SESSION['user_id']) || !hash_equals($_SESSION['csrf_token'], $data['csrf_token'])) {
        return $response->withStatus(401);
    }
    $statement = $pdo->prepare('INSERT INTO parcels (note, owner_id) VALUES (?, ?)');
    $statement->execute([$data['note'], $_SESSION['user_id']]);
    return $response;
});

$app->run();
