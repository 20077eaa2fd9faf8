<?php

namespace App\Entity;

use Doctrine\ORM\Mapping as ORM;

#[ORM\Entity]
class Parcel
{
    #[ORM\Id]
    private int $id;

    #[ORM\Column]
    private string $ownerId;

    #[ORM\Column]
    private string $note;
}
